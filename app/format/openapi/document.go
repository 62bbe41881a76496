package openapi

// Document is an OpenAPI document.
type Document struct {
	OpenAPI    string                           `json:"openapi"`
	Info       Info                             `json:"info"`
	Servers    []Server                         `json:"servers"`
	Tags       []Tag                            `json:"tags"`
	Paths      map[string]map[string]*Operation `json:"paths"`
	Components Components                       `json:"components"`

	// Operations are those of Paths in the order of the table of routes.
	Operations []*Operation `json:"-"`
	// JSON is the document itself.
	JSON []byte `json:"-"`
}

// Info says what the API is.
type Info struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description"`
}

// Server is where the API is: here, always where the document came from.
type Server struct {
	URL string `json:"url"`
}

// Components are what operations refer to.
type Components struct {
	Schemas   map[string]*Schema        `json:"schemas"`
	Responses map[string]Response       `json:"responses"`
	Security  map[string]SecurityScheme `json:"securitySchemes"`
}

// Operation is a call as the document has it.
type Operation struct {
	Method string `json:"-"`
	Path   string `json:"-"`
	// Scopes are those of which a token needs one.
	Scopes []string `json:"-"`

	ID          string                `json:"operationId"`
	Tags        []string              `json:"tags"`
	Summary     string                `json:"summary"`
	Description string                `json:"description,omitempty"`
	Parameters  []Parameter           `json:"parameters,omitempty"`
	Body        *RequestBody          `json:"requestBody,omitempty"`
	Responses   map[string]Response   `json:"responses"`
	Security    []map[string][]string `json:"security"`
}

// Parameter is a part of the path or of the query.
type Parameter struct {
	Name        string `json:"name"`
	In          string `json:"in"`
	Required    bool   `json:"required,omitempty"`
	Description string `json:"description,omitempty"`
	Schema      Schema `json:"schema"`
	Example     string `json:"example,omitempty"`
}

// RequestBody is what a call takes.
type RequestBody struct {
	Required bool               `json:"required,omitempty"`
	Content  map[string]Content `json:"content"`
}

// Response is what a call answers.
type Response struct {
	Ref         string             `json:"$ref,omitempty"`
	Description string             `json:"description,omitempty"`
	Content     map[string]Content `json:"content,omitempty"`
}

// Content is a body of one type.
type Content struct {
	Schema  Schema `json:"schema"`
	Example any    `json:"example,omitempty"`
}
