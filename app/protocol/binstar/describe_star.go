package binstar

import "vivarium/app/format/openapi"

// starCalls are about favorites.
var starCalls = openapi.Calls{
	"GET /api/stars": {{
		Tag: tagPackages, Summary: "Your favorites", Text: "What you starred and may still see, the last first.", Answer: []summaryAnswer{exampleSummary},
	}},
	"GET /api/stars/{owner}/{package}": {{
		Tag: tagPackages, Summary: "Who starred a package", Text: "For those who administer it, the last first.",
		Answer: []stargazerAnswer{{Login: "hmoreau", Name: "Hélène Moreau", Since: exampleMoment}},
	}},
	"PUT /api/stars/{owner}/{package}": {{
		Tag: tagPackages, Summary: "Star a package", Text: "Doing it again changes nothing. Organizations have no favorites: their tokens get 403.",
		Answer: starAnswer{FullName: "reef-lab/tidemodel", Starred: true, Stars: 129},
	}},
	"DELETE /api/stars/{owner}/{package}": {{
		Tag: tagPackages, Summary: "Take a star back", Answer: starAnswer{FullName: "reef-lab/tidemodel", Stars: 128},
	}},
}
