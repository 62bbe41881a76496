package binstar

import (
	"net/http"

	"vivarium/app/model"
)

// rootAnswer says where the other surfaces are.
type rootAnswer struct {
	CondaURL string `json:"conda_url"`
	PyPIURL  string `json:"pypi_url"`
	MainURL  string `json:"main_url"`
}

// root answers GET and HEAD of /api, which clients ask before anything else.
func (s *Surface) root(w http.ResponseWriter, r *http.Request) {
	site := base(r)
	writeJSON(w, http.StatusOK, rootAnswer{CondaURL: site + "/conda", PyPIURL: site + "/pypi", MainURL: site})
}

func (s *Surface) authenticationType(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"authentication_type": "password"})
}

func (s *Surface) scopes(w http.ResponseWriter, _ *http.Request) {
	descriptions := map[model.Scope]string{}
	for _, info := range model.Scopes {
		descriptions[info.Scope] = info.Description
	}
	writeJSON(w, http.StatusOK, descriptions)
}
