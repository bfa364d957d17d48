"""Pictures that editors upload: made anew, under random names, sizes only for readers."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model

from portal import outbox, renditions
from tests.exiftool import metadata
from tests.people import person, signed_in
from tests.portal.pictures import PICTURES, SECRET, exif, red_left_blue_right, saved

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
JPEG = {"name": "Ana at home, Quito.jpg", "content_type": "image/jpeg"}
SIX = ["JPEG", "PNG with texts", "WebP", "animated GIF", "AVIF", "HEIC"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(**options):
    return saved(red_left_blue_right(900, 600), "JPEG", exif=exif(), **options)


@pytest.fixture
def editor(client, transactional_db):
    return signed_in(client, person("elif", "Editors"))


def stored_picture(data):
    picture = get_image_model()(title="A door")
    picture.file.save("Ana at home, Quito.jpg", ContentFile(data), save=False)
    picture.save()
    return picture


def upload(client, data, address="/admin/images/add/", **fields):
    file = SimpleUploadedFile(JPEG["name"], data, content_type=JPEG["content_type"])
    return client.post(address, {"title": "A door", "file": file, "collection": 1} | fields)


def files(storage, folder):
    try:
        return sorted(storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def bytes_of(storage, folder):
    for name in files(storage, folder):
        with storage.open(f"{folder}/{name}") as file:
            yield file.read()


def test_position_and_camera_are_in_no_stored_file(editor, tmp_path):
    assert SECRET in photo()
    answer = upload(editor, photo())
    assert answer.status_code == 302, answer.context["form"].errors
    picture = get_image_model().objects.get()
    picture.get_renditions(*renditions.specs(), "original", "fill-200x200", "width-300|format-jpeg")
    stored = [
        *bytes_of(storages["private"], "original_images"),
        *bytes_of(default_storage, "images"),
    ]
    assert len(stored) == len(renditions.specs()) + 4
    for data in stored:
        assert SECRET not in data
        for marker in (b"Exif", b"GPS", b"http://ns.adobe.com", b"ICC_PROFILE", b"photoshop"):
            assert marker not in data, marker
    for number, data in enumerate(stored):
        (tmp_path / f"{number}").write_bytes(data)
    assert metadata(*tmp_path.iterdir()) == {}


@pytest.mark.parametrize("name", SIX)
def test_no_reader_s_size_of_any_format_holds_more_than_pixels(transactional_db, name, tmp_path):
    picture = stored_picture(PICTURES[name]())
    sizes = picture.get_renditions(*renditions.specs(), "fill-120x63|format-jpeg").values()
    for number, rendition in enumerate(sizes):
        with rendition.file.open("rb") as file:
            data = file.read()
        assert SECRET not in data
        (tmp_path / str(number)).write_bytes(data)
    assert len(sizes) == len(renditions.specs()) + 1
    assert metadata(*tmp_path.iterdir()) == {}


@pytest.mark.parametrize("tail", [b"PK\x03\x04", b"<script>alert(1)</script>", b"<?php ?>"])
def test_what_hung_behind_the_upload_is_in_no_stored_file(editor, tail):
    upload(editor, photo() + tail + SECRET)
    outbox.drain()
    stored = [
        *bytes_of(storages["private"], "original_images"),
        *bytes_of(default_storage, "images"),
    ]
    assert len(stored) > len(renditions.specs())
    for data in stored:
        assert tail not in data and SECRET not in data


def test_readers_get_avif_webp_and_for_all_others_a_jpeg(transactional_db):
    picture = stored_picture(saved(red_left_blue_right(1800, 1200), "PNG"))
    outbox.drain()
    ready = renditions.ReadyPicture.of(picture, "A door")
    assert [source.type for source in ready.sources] == ["image/avif", "image/webp"]
    for source in ready.sources:
        assert [part.split()[-1] for part in source.srcset.split(", ")] == [
            "400w",
            "800w",
            "1600w",
        ]
    assert re.fullmatch(r"/media/images/[^/]+\.jpg", ready.src)
    assert (ready.width, ready.height) == (800, 533)
    with default_storage.open(ready.src.removeprefix("/media/")) as file:
        assert Image.open(file).format == "JPEG"


def test_avif_is_made_at_the_quickest_speed(transactional_db):
    picture = stored_picture(saved(Image.effect_noise((400, 300), 60), "PNG"))
    (spec,) = [spec for spec in renditions.specs() if spec.startswith("width-400|format-avif")]
    with picture.get_rendition(spec).file.open("rb") as file:
        made = file.read()
    with picture.file.open("rb") as file:
        pixels = Image.open(io.BytesIO(file.read())).convert("RGB")
    assert made == saved(pixels, "AVIF", quality=60, speed=10, max_threads=1)
    assert made != saved(pixels, "AVIF", quality=60, speed=6, max_threads=1)


def test_the_original_has_a_random_name_and_no_address(editor, client):
    upload(editor, photo())
    picture = get_image_model().objects.get()
    assert re.fullmatch(r"original_images/[0-9a-f]{32}\.webp", picture.file.name)
    assert files(default_storage, "original_images") == []
    assert picture.file.url == ""
    client.logout()
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_two_uploads_of_one_file_have_nothing_in_common(editor):
    upload(editor, photo()), upload(editor, photo())
    assert len(set(files(storages["private"], "original_images"))) == 2


def test_a_replaced_file_takes_its_sizes_with_it(editor):
    upload(editor, photo())
    picture = get_image_model().objects.get()
    renditions.make(picture.pk)
    before = (files(storages["private"], "original_images"), files(default_storage, "images"))
    other = saved(red_left_blue_right(500, 700), "PNG")
    answer = upload(editor, other, f"/admin/images/{picture.pk}/")
    assert answer.status_code == 302, answer.context["form"].errors
    after = (files(storages["private"], "original_images"), files(default_storage, "images"))
    assert len(after[0]) == 1
    assert not {*before[0]} & {*after[0]} and not {*before[1]} & {*after[1]}
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (500, 700)


def test_a_file_replaced_without_the_form_leaves_nothing_of_the_old_one(transactional_db, client):
    picture = stored_picture(photo())
    outbox.drain()
    old = [rendition.url for rendition in picture.renditions.all()]
    before = (files(storages["private"], "original_images"), files(default_storage, "images"))
    assert client.get(old[0]).status_code == 200
    picture.file = ContentFile(saved(red_left_blue_right(500, 700), "PNG"), name="other.png")
    picture.save()
    outbox.drain()
    after = (files(storages["private"], "original_images"), files(default_storage, "images"))
    assert len(after[0]) == 1 and after[1]
    assert not {*before[0]} & {*after[0]} and not {*before[1]} & {*after[1]}
    assert {client.get(address).status_code for address in old} == {404}


def test_saving_a_picture_again_keeps_its_file(transactional_db):
    picture = stored_picture(photo())
    before = files(storages["private"], "original_images")
    picture = get_image_model().objects.get()
    picture.title = "Another title"
    picture.save()
    assert files(storages["private"], "original_images") == before and len(before) == 1


def test_no_description_is_made_from_the_file_s_name(editor):
    upload(editor, photo())
    picture = get_image_model().objects.get()
    assert picture.description == "" and "Ana" not in picture.file.name
    assert not any("Ana" in name for name in files(default_storage, "images"))


def test_a_deleted_picture_leaves_no_file(editor):
    upload(editor, photo())
    picture = get_image_model().objects.get()
    renditions.make(picture.pk)
    picture.delete()
    assert files(storages["private"], "original_images") == []
    assert files(default_storage, "images") == []


def test_many_at_once_go_the_same_way(editor):
    file = SimpleUploadedFile(JPEG["name"], photo(), content_type="image/jpeg")
    answer = editor.post(
        "/admin/images/multiple/add/",
        {"title": "Doors", "files[]": file, "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 200 and answer.json()["success"], answer.content
    (name,) = files(storages["private"], "original_images")
    assert re.fullmatch(r"[0-9a-f]{32}\.webp", name)
    assert all(SECRET not in data for data in bytes_of(storages["private"], "original_images"))


@pytest.mark.parametrize("data", [SVG, b"<html>", b"not a picture", photo()[:300]])
def test_what_is_no_picture_is_refused_with_a_reason(editor, data):
    answer = upload(editor, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not get_image_model().objects.exists()
    assert files(storages["private"], "original_images") == []


def test_a_renamed_drawing_is_told_what_to_choose_instead(editor):
    error = upload(editor, SVG).context["form"].errors["file"][0]
    assert "JPEG" in error or "image" in error


def test_readers_sizes_are_made_by_the_outbox(editor):
    upload(editor, photo())
    outbox.drain()
    picture = get_image_model().objects.get()
    specs = set(picture.renditions.values_list("filter_spec", flat=True))
    assert set(renditions.specs()) <= specs
