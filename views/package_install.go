package views

// Install says where a package is installed from.
type Install struct {
	Base, Owner, Name string
	// Version pins the command; empty for whatever is newest.
	Version string
	// Label that the version carries; main needs no word of its own.
	Label string
	// PythonLabel is the label that its Python files carry.
	PythonLabel string
	NeedsToken  bool
	// Conda and Python say that conda clients, and pip and uv, can install it.
	Conda, Python bool
}

// client is one program's way to install.
type client struct {
	name  string
	noun  string // command or commands
	lines []string
}

func (i Install) channel() string { return channelAddress(i.Base, i.Owner, i.Label, i.NeedsToken) }

// index is the address of the simple index, with room for a token when it needs
// one.
func (i Install) index() string {
	return PythonIndexURL(tokenBase(i.Base, i.NeedsToken), i.Owner, i.PythonLabel)
}

func (i Install) spec(pin string) string {
	if i.Version == "" {
		return i.Name
	}
	return i.Name + pin + i.Version
}

// clients are the ways to install, those of conda before those of Python.
func (i Install) clients() []client {
	var all []client
	if i.Conda {
		all = append(all,
			client{"conda", "command", []string{"conda install -c " + i.channel() + " " + i.spec("=")}},
			client{"mamba", "command", []string{"mamba install -c " + i.channel() + " " + i.spec("=")}},
			client{"pixi", "commands", []string{"pixi workspace channel add " + i.channel(), "pixi add " + i.spec("=")}},
		)
	}
	if i.Python {
		all = append(all,
			client{"pip", "command", []string{"pip install --index-url " + i.index() + " " + i.spec("==")}},
			client{"uv", "command", []string{"uv pip install --index-url " + i.index() + " " + i.spec("==")}},
		)
	}
	return all
}
