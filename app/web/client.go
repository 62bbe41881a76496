package web

import (
	"net/http"

	"vivarium/docs"
	"vivarium/views"
)

// showClients draws which clients are proved to work.
func (ui *Surface) showClients(w http.ResponseWriter, r *http.Request) error {
	p := views.ClientsProps{Layout: ui.layout(r, "Clients"), Clients: byClient(docs.Clients())}
	return ui.draw(w, r, http.StatusOK, views.ClientsPage(p), nil)
}

// byClient gathers lines, which come sorted, by client and version.
func byClient(lines []docs.Client) []views.Client {
	var all []views.Client
	for _, line := range lines {
		last := len(all) - 1
		if last < 0 || all[last].Name != line.Name || all[last].Version != line.Version {
			all, last = append(all, views.Client{Name: line.Name, Version: line.Version}), last+1
		}
		all[last].Commands = append(all[last].Commands, views.ClientCommand{Command: line.Command, Result: line.Result, Test: line.Test})
	}
	return all
}
