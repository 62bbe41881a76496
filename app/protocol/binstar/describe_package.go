package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

var packageCalls = openapi.Calls{
	"GET /api/packages": {{
		Tag: tagPackages, Summary: "Your packages", Answer: []summaryAnswer{exampleSummary}, Query: []openapi.Param{byType, byPlatform, byAccess},
	}},
	"GET /api/packages/{owner}": {{
		Tag: tagPackages, Summary: "The packages of an account that you may see", Answer: []summaryAnswer{exampleSummary}, Query: []openapi.Param{byType, byPlatform, byAccess},
	}},
	"GET /api/package/{owner}/{package}": {{Tag: tagPackages, Summary: "A package with its releases and files", Answer: examplePackage}},
	"POST /api/package/{owner}/{package}": {{
		Tag: tagPackages, Summary: "Create a package", Body: packageRequest{}, Answer: examplePackage, Fails: []model.Code{model.Conflict},
		Text:    "`access`, and `public` as the old word for it, say who may see it; the channel's choice otherwise.",
		Example: `{"access": "private", "public_attrs": {"summary": "Tides by finite elements", "license": "MIT"}}`,
	}},
	"PATCH /api/package/{owner}/{package}": {{
		Tag: tagPackages, Summary: "Change what is said of a package, or who may see it", Body: packageRequest{}, Answer: examplePackage,
		Text: "What is set so stays: newer uploads do not change it. Changing the access takes `admin` of the package.", Example: `{"public_attrs": {"summary": "Tides and waves"}}`,
		Fails: []model.Code{model.Conflict},
	}},
	"DELETE /api/package/{owner}/{package}": {{
		Tag: tagPackages, Summary: "Delete a package with all of its files", Status: http.StatusCreated, Answer: empty{}, Fails: []model.Code{model.Conflict},
	}},
	"POST /api/package/{owner}/{package}/transfer": {{
		Tag: tagPackages, Summary: "Give a package to another account", Body: transferRequest{}, Needs: []string{"owner"}, Answer: examplePackage,
		Text: "Takes the right to make packages in that account, too. Releases, files, the names of their labels, stars and download counts go along; groups and collaborators " +
			"do not, and the old addresses answer 404. It is 409 when that account has a package of the name, for a locked label at either end, and out of an immutable channel.",
		Example: `{"owner": "tide-office"}`, Fails: []model.Code{model.Conflict},
	}},
	"PUT /api/package/{owner}/{package}/status": {{
		Tag: tagPackages, Summary: "Set the state of a project", Text: "As PEP 792 has it; Python installers are told.", Body: statusRequest{}, Needs: []string{"status"}, Answer: examplePackage,
		Example: `{"status": "deprecated", "reason": "Use wavemodel."}`,
	}},
}

// releaseAttributes are what is known of a release, and whatever else an uploader says.
var releaseAttributes = openapi.Schema{
	Type: []string{"object", "null"}, Properties: map[string]*openapi.Schema{
		"description": &textOrList, "announce": {Description: "What to tell people; false for nothing."}, "requirements": {},
		"public_attrs": {Type: []string{"object", "null"}, Properties: map[string]*openapi.Schema{"description": &textOrList}},
	},
}

var releaseCalls = openapi.Calls{
	"GET /api/release/{owner}/{package}/{version}": {{
		Tag: tagReleases, Summary: "A release with its files", Text: "The version `latest` is the newest, unless a release is called so.", Answer: exampleRelease,
	}},
	"POST /api/release/{owner}/{package}/{version}": {{
		Tag: tagReleases, Summary: "Create a release", Body: releaseAttributes, Answer: exampleRelease, Fails: []model.Code{model.Conflict},
		Text: "Other keys than these are kept as attributes of the release.", Example: `{"description": "Faster", "announce": "Twice as fast."}`,
	}},
	"PATCH /api/release/{owner}/{package}/{version}": {{
		Tag: tagReleases, Summary: "Change what is said of a release", Body: releaseAttributes, Answer: exampleRelease, Example: `{"public_attrs": {"description": "Faster"}}`,
	}},
	"DELETE /api/release/{owner}/{package}/{version}": {{
		Tag: tagReleases, Summary: "Delete a release with its files", Status: http.StatusCreated, Answer: empty{}, Fails: []model.Code{model.Conflict},
	}},
	"POST /api/release/{owner}/{package}/{version}/yank": {{
		Tag: tagReleases, Summary: "Yank a release", Text: "Hides its files from resolvers; who names one still gets it.", Body: yankRequest{}, Answer: changedAnswer{3},
		Example: `{"reason": "Wrong by a factor of two"}`, Fails: []model.Code{model.Conflict},
	}},
	"DELETE /api/release/{owner}/{package}/{version}/yank": {{Tag: tagReleases, Summary: "Take back the yank of a release", Answer: changedAnswer{3}, Fails: []model.Code{model.Conflict}}},
}
