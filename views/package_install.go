package views

// Install says where a package is installed from.
type Install struct {
	Base, Owner, Name string
	// Version pins the command; empty for whatever is newest.
	Version string
	// Label that the version carries; main needs no word of its own.
	Label      string
	NeedsToken bool
	// Conda says that conda clients can install it.
	Conda bool
}

// client is one program's way to install.
type client struct {
	name  string
	noun  string // command or commands
	lines []string
}

func (i Install) channel() string { return channelAddress(i.Base, i.Owner, i.Label, i.NeedsToken) }

func (i Install) spec() string {
	if i.Version == "" {
		return i.Name
	}
	return i.Name + "=" + i.Version
}

func (i Install) clients() []client {
	return []client{
		{"conda", "command", []string{"conda install -c " + i.channel() + " " + i.spec()}},
		{"mamba", "command", []string{"mamba install -c " + i.channel() + " " + i.spec()}},
		{"pixi", "commands", []string{"pixi workspace channel add " + i.channel(), "pixi add " + i.spec()}},
	}
}
