#!/usr/bin/python3
"""A small window beside the application's, out of which paths are dragged as out of a file manager.

    drag.py X Y PATH…     where it stands on the display, and what is dragged; says "ready" once it stands there
"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

x, y, *paths = sys.argv[1:]
addresses = [pathlib.Path(path).absolute().as_uri() for path in paths]

window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.set_default_size(80, 80)
window.move(int(x), int(y))
handle = Gtk.EventBox()
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris(addresses))
handle.connect("drag-end", lambda *_: Gtk.main_quit())
window.add(handle)
window.show_all()
GLib.idle_add(lambda: print("ready", flush=True))
Gtk.main()
