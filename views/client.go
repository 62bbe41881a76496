package views

// ClientsProps is what is proved of clients.
type ClientsProps struct {
	Layout  LayoutProps
	Clients []Client
}

// Client is one version of a client with its commands.
type Client struct {
	Name, Version string
	Commands      []ClientCommand
}

// ClientCommand is a command, what became of it, and the test that tried it.
type ClientCommand struct{ Command, Result, Test string }

// ClientsURL is the page of clients that work.
func ClientsURL() string { return "/docs/clients" }

// anchor is the id of a client's table.
func (c Client) anchor() string { return c.Name + "-" + c.Version }
