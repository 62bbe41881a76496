package binstar

import (
	"maps"
	"net/http"
	"time"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
	"vivarium/app/protocol"
)

// The groups of calls.
const (
	tagSite     = "Site"
	tagTokens   = "Tokens"
	tagAccounts = "Accounts"
	tagPackages = "Packages"
	tagReleases = "Releases"
	tagFiles    = "Files"
	tagUploads  = "Uploads"
	tagLabels   = "Labels"
	tagGroups   = "Groups"
	tagChannels = "Channels"

	tagCollections = "Collections"
	tagProjects    = "Projects"
)

var callTags = []openapi.Tag{
	{Name: tagSite, Description: "What this site is, and what is on it."},
	{Name: tagTokens, Description: "Secrets for programs. Only a password makes one."},
	{Name: tagAccounts, Description: "Users and organizations."},
	{Name: tagPackages, Description: "A name under an account, of one or more types."},
	{Name: tagReleases, Description: "One version of a package."},
	{Name: tagFiles, Description: "One uploaded artifact of a release; the client calls it a distribution."},
	{Name: tagUploads, Description: "Three steps, stage, store and commit, as anaconda-client takes them; or one request."},
	{Name: tagLabels, Description: "Names on files that select what an installer sees. The client calls them channels."},
	{Name: tagGroups, Description: "Who may do what: groups of an organization, collaborators of a package."},
	{Name: tagChannels, Description: "Settings, notices and the audit log of an account."},
	{Name: tagCollections, Description: "Lists of packages of any account, with an access of their own."},
	{Name: tagProjects, Description: "What anaconda-project and older clients ask for."},
}

const aboutAPI = "What anaconda-client and rattler-build speak, and our own additions. Every form of credential opens every call: " +
	"`Authorization: token T`, `Authorization: Bearer T`, `X-API-Key: T`, or Basic with a token in either half or with username and password. " +
	"Below /conda and /pypi, a token may stand in the path too, as /t/T; never here.\n\n" +
	"A token is held to its scopes wherever anonymous may not do the same. What you may not see does not exist for you: 404. " +
	"Errors are `{\"error\": \"sentence\"}`. More than the allowed requests per minute are answered 429."

// Describe makes the OpenAPI document of the routes that this surface answers.
func Describe(routes []model.Route, version string) (*openapi.Document, error) {
	var mine []model.Route
	for _, row := range routes {
		if row.Surface == model.APISurface || row.Surface == model.StoreSurface {
			mine = append(mine, row)
		}
	}
	return openapi.Build(openapi.Options{
		Info: openapi.Info{Title: "Vivarium", Version: version, Description: aboutAPI}, Tags: callTags, Routes: mine, Calls: calls(),
		Parts: pathParts, Words: fieldWords, Types: narrowTypes, Fields: narrowFields,
		Failures: map[model.Surface]openapi.Failure{
			model.APISurface:   {Answer: failure{"A sentence says what is wrong, and what to do."}},
			model.StoreSurface: {Media: "application/xml", Answer: openapi.Text()},
		},
	})
}

// calls describe every row, by its pattern. A topic of its own is a map of its own.
func calls() openapi.Calls {
	all := openapi.Calls{}
	for _, some := range []openapi.Calls{
		siteCalls, tokenCalls, accountCalls, packageCalls, releaseCalls, fileCalls, uploadCalls, labelCalls, relabelCalls, groupCalls, insideCalls, channelCalls, noticeCalls, collectionCalls, oldCalls, projectCalls, starCalls,
	} {
		maps.Copy(all, some)
	}
	return all
}

// documentAge is for how long the document may be used without asking again.
const documentAge = 5 * time.Minute

// showDocument answers the OpenAPI document, which is the same for everyone.
func (s *Surface) showDocument(w http.ResponseWriter, r *http.Request) {
	if err := protocol.ServePage(w, r, s.Document.JSON, model.Document{ContentType: "application/json"}, documentAge); err != nil {
		s.fail(w, r, err)
	}
}
