package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

var (
	exampleCollection = collectionSummary{Name: "ocean", Owner: "reef-lab", FullName: "reef-lab/ocean", Public: true, Access: model.Public, CreatedAt: exampleMoment, ModifiedAt: exampleMoment}
	exampleProject    = projectAnswer{Name: "survey", Owner: "reef-lab", Access: model.Private, Version: "1", URL: "https://pkgs.example.com/reef-lab/survey"}
)

// nameText is a name of an account or a package in a body.
var nameText = openapi.Schema{Type: "string", MinLength: 1}

// onePackage is a package in the body of a change of a collection.
var onePackage = openapi.Schema{
	Type: "object", Required: []string{"package_owner", "package_name"}, Properties: map[string]*openapi.Schema{"package_owner": &nameText, "package_name": &nameText},
}

var collectedPackages = openapi.Schema{AnyOf: []*openapi.Schema{&onePackage, {Type: "array", MinItems: 1, Items: &onePackage}}}

const collectedExample = `{"package_owner": "reef-lab", "package_name": "tidemodel"}`

var collectionCalls = openapi.Calls{
	"GET /api/collections/{owner}":              {{Tag: tagCollections, Summary: "The collections of an account", Answer: []collectionSummary{exampleCollection}}},
	"GET /api/collections/{owner}/{collection}": {{Tag: tagCollections, Summary: "A collection with its packages", Answer: collectionAnswer{exampleCollection, []summaryAnswer{exampleSummary}}}},
	"POST /api/collections/{owner}/{collection}": {{
		Tag: tagCollections, Summary: "Create a collection", Text: "With `clone`, like another one.", Body: collectionRequest{}, Example: `{"access": "private", "description": "Models of the sea"}`,
		Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked,
	}},
	"PATCH /api/collections/{owner}/{collection}": {{
		Tag: tagCollections, Summary: "Change a collection", Body: collectionRequest{}, Example: `{"access": "public"}`, Status: http.StatusCreated, Answer: empty{},
	}},
	"DELETE /api/collections/{owner}/{collection}": {{Tag: tagCollections, Summary: "Delete a collection", Text: "Its packages stay.", Status: http.StatusCreated, Answer: empty{}}},
	"PUT /api/collections/{owner}/{collection}/package": {{
		Tag: tagCollections, Summary: "Add packages to a collection", Text: "One, or a list of them.", Body: collectedPackages, Example: collectedExample, Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked,
	}},
	"DELETE /api/collections/{owner}/{collection}/package": {{
		Tag: tagCollections, Summary: "Take packages out of a collection", Text: "One, or a list of them.", Body: collectedPackages, Example: collectedExample, Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked,
	}},
	"PATCH /api/collections/{owner}/{collection}/pull": {{
		Tag: tagCollections, Summary: "Add what another collection has", Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked, Example: `{"from_owner": "mlind", "from_name": "sea"}`,
		Body: openapi.Schema{Type: "object", Required: []string{"from_owner", "from_name"}, Properties: map[string]*openapi.Schema{"from_owner": &nameText, "from_name": &nameText}},
	}},
}

// oldCalls are what older clients ask for, and download counts.
var oldCalls = openapi.Calls{
	"GET /api/package_listing": {{
		Tag: tagSite, Summary: "The packages of all accounts", Text: "The newest 1000 that you may see.", Answer: []summaryAnswer{exampleSummary},
		Query: []openapi.Param{{Name: "modified_after", Text: "Only packages that were changed after this day or moment.", Example: "2026-11-01", Schema: dayOrMoment}},
	}},
	"GET /api/license": {{Tag: tagSite, Summary: "The licenses that you need", Text: "None: the list is always empty.", Answer: []empty{}}},
	"GET /api/user/{account}/downloads/{days}": {{
		Tag: tagAccounts, Summary: "How often an account's packages were downloaded",
		Answer: downloadsAnswer{Account: "reef-lab", Start: "2026-11-01", End: "2026-11-30", Total: 12, Downloads: []downloadCount{{Day: "2026-11-18", Package: "tidemodel", Count: 12}}},
	}},
	"GET /api/publish/{owner}/{package}":    {{Tag: tagPackages, Summary: "Whether a package is published", Text: "As older clients mean it; it hides nothing.", Answer: publishedAnswer{true}}},
	"PUT /api/publish/{owner}/{package}":    {{Tag: tagPackages, Summary: "Note that a package is published", Status: http.StatusCreated, Answer: empty{}}},
	"DELETE /api/publish/{owner}/{package}": {{Tag: tagPackages, Summary: "Note that a package is not published", Status: http.StatusCreated, Answer: empty{}}},
}

var projectCalls = openapi.Calls{
	"GET /api/apps/{owner}/projects": {{Tag: tagProjects, Summary: "The projects of an account", Answer: []projectAnswer{exampleProject}}},
	"POST /api/apps/{owner}/projects": {{
		Tag: tagProjects, Summary: "Create a project", Body: projectRequest{}, Needs: []string{"name"}, Example: `{"name": "survey", "access": "private"}`, Status: http.StatusCreated, Answer: exampleProject, Fails: failsLocked,
	}},
	"GET /api/apps/{owner}/projects/{package}": {{Tag: tagProjects, Summary: "A project", Answer: exampleProject}},
	"POST /api/apps/{owner}/projects/{package}/stage": {{
		Tag: tagProjects, Summary: "Announce a revision of a project and get where to send it", Answer: exampleStaged, Example: `{"basename": "survey.tar.gz"}`, Fails: failsLocked,
		Body: openapi.Schema{Type: "object", Required: []string{"basename"}, Properties: map[string]*openapi.Schema{
			"basename": {Type: "string", Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]*\.tar\.gz$`}, "configuration": {Type: []string{"object", "null"}},
		}},
	}},
	"POST /api/apps/{owner}/projects/{package}/commit/{dist_id}": {{
		Tag: tagProjects, Summary: "Make a revision of a project visible", Status: http.StatusCreated, Answer: commitAnswer{exampleFile, "https://pkgs.example.com/reef-lab/survey"}, Fails: failsLocked,
	}},
}
