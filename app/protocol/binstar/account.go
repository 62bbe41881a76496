package binstar

import (
	"net/http"

	"vivarium/app/model"
)

// accountAnswer is a user or organization. anaconda-client prints every key it
// finds, so nothing private may ever stand here.
type accountAnswer struct {
	Login       string  `json:"login"`
	Kind        string  `json:"user_type"`
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Company     string  `json:"company"`
	Location    string  `json:"location"`
	URL         string  `json:"url"`
	CreatedAt   *string `json:"created_at"`
}

func answerAccount(a model.Account) accountAnswer {
	return accountAnswer{
		Login: a.Login, Kind: string(a.Kind), Name: a.Name, Description: a.Description, Company: a.Company, Location: a.Location,
		URL: a.URL, CreatedAt: moment(a.CreatedAt),
	}
}

func (s *Surface) showSelf(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return s.writeAccount(w, r, actor, actor.Login)
}

func (s *Surface) showAccount(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return s.writeAccount(w, r, actor, r.PathValue("login"))
}

func (s *Surface) writeAccount(w http.ResponseWriter, r *http.Request, actor model.Actor, login string) error {
	a, err := s.Registry.Account(r.Context(), actor, login)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerAccount(a))
}

func (s *Surface) listOwnOrganizations(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return s.writeOrganizations(w, r, actor, actor.Login)
}

func (s *Surface) listOrganizations(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return s.writeOrganizations(w, r, actor, r.PathValue("login"))
}

func (s *Surface) writeOrganizations(w http.ResponseWriter, r *http.Request, actor model.Actor, login string) error {
	orgs, err := s.Registry.OrganizationsOf(r.Context(), actor, login)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(orgs, answerAccount))
}
