package web

import "net/http"

func (ui *Surface) browseHandlers() map[string]http.Handler { return map[string]http.Handler{} }
