from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_documents(request, menu_items):
    """wagtail-localize imports the app; the portal has no documents."""
    menu_items[:] = [item for item in menu_items if item.name != "documents"]


@hooks.register("construct_homepage_summary_items")
def hide_documents_summary(request, items):
    items[:] = [item for item in items if type(item).__name__ != "DocumentsSummaryItem"]
