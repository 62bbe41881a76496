package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

var (
	exampleGroup      = groupAnswer{Name: "developers", Organization: "reef-lab", Permission: "write", Members: 3, Packages: 2}
	exampleMembership = membershipAnswer{Name: "developers", Organization: "reef-lab", Permission: "write", Members: 3, Since: exampleMoment}
	exampleAttached   = attachedAnswer{
		Name: "tidemodel", FullName: "reef-lab/tidemodel", Summary: "Tides by finite elements", Access: model.Private, Types: []model.PackageType{model.Conda}, Permission: "write",
	}
)

var groupCalls = openapi.Calls{
	"GET /api/groups":              {{Tag: tagGroups, Summary: "The groups you are in", Answer: groupList[membershipAnswer]{[]membershipAnswer{exampleMembership}}}},
	"GET /api/groups/{org}":        {{Tag: tagGroups, Summary: "The groups of an organization", Answer: groupList[groupAnswer]{[]groupAnswer{exampleGroup}}}},
	"GET /api/group/{org}/{group}": {{Tag: tagGroups, Summary: "A group", Answer: exampleGroup}},
	"POST /api/group/{org}/{group}": {{
		Tag: tagGroups, Summary: "Create a group, or change it", Text: "What the body does not say stays as it is; a new group reads.", Body: groupRequest{}, Status: http.StatusNoContent,
		Example: `{"perms": "write", "all_packages": false}`, Fails: failsLocked,
	}},
	"DELETE /api/group/{org}/{group}": {{Tag: tagGroups, Summary: "Delete a group", Status: http.StatusNoContent, Fails: failsLocked}},
}

// insideCalls are about what is in a group, and about collaborators.
var insideCalls = openapi.Calls{
	"GET /api/group/{org}/{group}/members":           {{Tag: tagGroups, Summary: "The members of a group", Answer: []memberAnswer{{"hmoreau", "Hélène Moreau"}}}},
	"GET /api/group/{org}/{group}/members/{user}":    {{Tag: tagGroups, Summary: "Whether a user is in a group", Text: "404 when not.", Status: http.StatusNoContent}},
	"PUT /api/group/{org}/{group}/members/{user}":    {{Tag: tagGroups, Summary: "Add a member to a group", Status: http.StatusNoContent, Fails: failsLocked}},
	"DELETE /api/group/{org}/{group}/members/{user}": {{Tag: tagGroups, Summary: "Remove a member from a group", Text: "409 for the last owner.", Status: http.StatusNoContent, Fails: failsLocked}},
	"GET /api/group/{org}/{group}/packages":          {{Tag: tagGroups, Summary: "The packages attached to a group", Answer: []attachedAnswer{exampleAttached}}},
	"PUT /api/group/{org}/{group}/packages/{package}": {{
		Tag: tagGroups, Summary: "Attach a package to a group", Text: "With the group's permission, or with another for this package alone; `none` detaches it.", Body: attachRequest{},
		Example: `{"permission": "read"}`, Status: http.StatusNoContent, Fails: failsLocked,
	}},
	"DELETE /api/group/{org}/{group}/packages/{package}": {{Tag: tagGroups, Summary: "Detach a package from a group", Status: http.StatusNoContent, Fails: failsLocked}},
	"GET /api/packages/{owner}/{package}/collaborators": {{
		Tag: tagGroups, Summary: "The collaborators of a package", Answer: []collaboratorAnswer{{"hmoreau", "Hélène Moreau", "write", exampleMoment}},
	}},
	"PUT /api/packages/{owner}/{package}/collaborators/{user}": {{
		Tag: tagGroups, Summary: "Give a user a right on a package", Text: "`write` unless the body says `read`.", Body: collaboratorRequest{}, Example: `{"permission": "read"}`,
		Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked,
	}},
	"DELETE /api/packages/{owner}/{package}/collaborators/{user}": {{Tag: tagGroups, Summary: "Take a user's right on a package away", Status: http.StatusCreated, Answer: empty{}}},
}
