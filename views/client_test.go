package views

import "testing"

func TestClientsPage(t *testing.T) {
	t.Parallel()
	p := ClientsProps{Layout: testLayout("Clients"), Clients: []Client{
		{"pip", "26.1", []ClientCommand{{"pip install", "works", "TestPipInstall"}}},
		{"mamba", "2", []ClientCommand{{"mamba install <x>", "its requests are answered", "TestMambaRequests"}}},
	}}
	checkGolden(t, "docs/clients", ClientsPage(p))
}
