from letters.models import Submission
import re
def test_it(client, db):
    r=client.get("/en/write/survivor/"); print(r.status_code, r.headers); print(r.content.decode()[:9000])
    r=client.post("/en/write/survivor/", {"words":"Dear friend, I believe you and I am with you."}); print(r.status_code, r.headers); print(r.content.decode().split("<main")[1].split("</main")[0])
    assert 0
