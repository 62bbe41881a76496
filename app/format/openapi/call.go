package openapi

import "vivarium/app/model"

// Call describes one call of an API: what its row in the table of routes does not
// say. A row that is several calls, told apart by the end of the path, has one of
// each.
type Call struct {
	// Tail is what this call's path has after that of the row: "/labels".
	Tail string
	// Tag is the group that the call belongs to.
	Tag string
	// Summary is a line without a full stop, Text what else there is to know, in
	// Markdown.
	Summary, Text string
	Query         []Param
	// Body is a value of the type that the request's JSON is read into, or a Schema;
	// nil when the call has none.
	Body any
	// Needs are the fields that the body must have. Without any, JSON may be left out.
	Needs []string
	// Media is the body's type when it is not JSON.
	Media string
	// Example is a body as JSON text.
	Example string
	// Status of success, 200 when it is not given.
	Status int
	// Answer is an example of what is answered, of the type that is written; nil for
	// an answer without a body.
	Answer any
	// AnswerMedia is the answer's type when it is not JSON.
	AnswerMedia string
	// Also are answers of other statuses that are no errors.
	Also map[int]any
	// Fails are errors beside those that follow from the row.
	Fails []model.Code
	// Password says that the call takes a username and password, and no token.
	Password bool
}

// Calls are the descriptions of rows by their pattern.
type Calls map[string][]Call

// Param is a part of a path, or a parameter of the query. A zero Schema is a text.
type Param struct {
	Name, Text, Example string
	Schema              Schema
}

// Failure is how a surface answers errors.
type Failure struct {
	Media  string
	Answer any // a value of the type that is written, or a Schema
}

// Tag is a group of calls.
type Tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}
