from home.models.pages import HomePage, InfoPage
from home.models.picture import Picture, PictureRendition

__all__ = ["HomePage", "InfoPage", "Picture", "PictureRendition"]
