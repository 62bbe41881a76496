package main

import "maps"

func init() { maps.Copy(examples, organizationExamples) }

// organizationExamples are the pages about an organization itself, which a user
// does not have.
var organizationExamples = map[string][]example{
	"GET /{channel}/settings/profile":   {{organizations: true}},
	"POST /{channel}/settings/profile":  {{organizations: true, body: "name=Another"}},
	"GET /{channel}/settings/rename":    {{organizations: true}},
	"POST /{channel}/settings/rename":   {{organizations: true, body: "to=renamed"}},
	"GET /{channel}/settings/transfer":  {{organizations: true}},
	"POST /{channel}/settings/transfer": {{organizations: true, body: "to=extra"}},
	"GET /{channel}/settings/delete":    {{organizations: true}},
	"POST /{channel}/settings/delete":   {{note: "one of two", organizations: true, body: "typed=labs"}, {note: "the other", organizations: true, body: "typed=vault"}},
}
