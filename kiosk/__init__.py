"""The kiosk in the hall: a visitor touches a service and takes a slip.

`flow` decides which step follows which, `layout` places it on the glass, `painter` draws it;
`app` carries the flow's wishes to the server and the printer on threads of their own.
"""
