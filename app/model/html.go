package model

// HTML is markup that is safe to stand in a page: app/render has made it, and
// nothing in it runs, loads from elsewhere, or leaves its place.
type HTML string

// RenderedNotebook is a notebook as a page shows it.
type RenderedNotebook struct {
	Language, Kernel string
	Cells            []RenderedCell
	// Left is how many cells at the end are not shown, because the page would be too
	// large.
	Left int
}

// RenderedEnvironment is an environment file as a page shows it.
type RenderedEnvironment struct {
	Name       string // empty: it has none
	Channels   []string
	Conda, Pip int // how much it asks of each
	Lines      []HTML
	Text       string // all of it
	// Left is how many lines at the end are not shown.
	Left int
}

// RenderedCell is one cell: a text, or code with what it has put out.
type RenderedCell struct {
	Code    bool
	Count   int  // In [Count]; 0: never run
	Source  HTML // of code, what stands inside a code element
	Outputs []RenderedOutput
}

// RenderedOutput is one output of a cell: a picture, a text, an error or markup.
type RenderedOutput struct {
	Count int    // Out [Count]; 0: not the value of the cell
	Error string // its name and what it says
	Text  string
	HTML  HTML
	// Cell and Output are the place of a picture in the notebook, from 0 on;
	// Picture says that it is one.
	Picture      bool
	Cell, Output int
	// LeftOut says that nothing of it can be shown here: it is a program.
	LeftOut bool
}
