package binstar

import (
	"encoding/json"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// collectionSummary is a collection in a list of them.
type collectionSummary struct {
	Name        string       `json:"name"`
	Owner       string       `json:"owner"`
	FullName    string       `json:"full_name"`
	Public      bool         `json:"public"`
	Access      model.Access `json:"access"`
	Description string       `json:"description"`
	CreatedAt   *string      `json:"created_at"`
	ModifiedAt  *string      `json:"modified_at"`
}

// collectionAnswer is a collection with its packages.
type collectionAnswer struct {
	collectionSummary
	Packages []summaryAnswer `json:"packages"`
}

func answerCollection(owner string, c model.Collection) collectionSummary {
	return collectionSummary{
		Name: c.Name, Owner: owner, FullName: owner + "/" + c.Name, Public: c.Access == model.Public, Access: c.Access, Description: c.Description,
		CreatedAt: moment(c.CreatedAt), ModifiedAt: moment(c.ModifiedAt),
	}
}

// collectionRequest is the body of POST and PATCH of a collection.
type collectionRequest struct {
	Public      *bool   `json:"public"`
	Access      *string `json:"access"`
	Description *string `json:"description"`
	Clone       *struct {
		Owner string `json:"owner"`
		Name  string `json:"collection"`
	} `json:"clone"`
}

func (c collectionRequest) change() (registry.CollectionChange, error) {
	access, err := packageRequest{Access: c.Access, Public: c.Public}.access()
	return registry.CollectionChange{Access: access, Description: c.Description}, err
}

func (s *Surface) listCollections(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner := model.FoldLogin(r.PathValue("owner"))
	list, err := s.Registry.Collections(r.Context(), actor, owner)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, func(c model.Collection) collectionSummary { return answerCollection(owner, c) }))
}

func (s *Surface) showCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.Registry.Collection(r.Context(), actor, r.PathValue("owner"), r.PathValue("collection"), 0, 0)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, collectionAnswer{answerCollection(d.Owner, d.Collection), each(d.Packages, answerSummary)})
}

// createCollection makes a collection, empty or like another one.
func (s *Surface) createCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body collectionRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	change, err := body.change()
	if err != nil {
		return err
	}
	owner, name := r.PathValue("owner"), r.PathValue("collection")
	if body.Clone != nil {
		err = s.Registry.CloneCollection(r.Context(), actor, registry.PackageName{Owner: body.Clone.Owner, Name: body.Clone.Name}, owner, name)
	} else {
		err = s.Registry.CreateCollection(r.Context(), actor, owner, name, change)
	}
	return created(w, err)
}

func (s *Surface) updateCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body collectionRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	change, err := body.change()
	if err != nil {
		return err
	}
	return created(w, s.Registry.UpdateCollection(r.Context(), actor, r.PathValue("owner"), r.PathValue("collection"), change))
}

func (s *Surface) deleteCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return created(w, s.Registry.DeleteCollection(r.Context(), actor, r.PathValue("owner"), r.PathValue("collection")))
}

func (s *Surface) addToCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	packages, err := collected(r)
	if err != nil {
		return err
	}
	return created(w, s.Registry.AddToCollection(r.Context(), actor, r.PathValue("owner"), r.PathValue("collection"), packages))
}

func (s *Surface) removeFromCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	packages, err := collected(r)
	if err != nil {
		return err
	}
	return created(w, s.Registry.RemoveFromCollection(r.Context(), actor, r.PathValue("owner"), r.PathValue("collection"), packages))
}

// pullCollection adds what another collection has.
func (s *Surface) pullCollection(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body struct {
		Owner string `json:"from_owner"`
		Name  string `json:"from_name"`
	}
	if err := decode(r, &body); err != nil {
		return err
	}
	from := registry.PackageName{Owner: body.Owner, Name: body.Name}
	return created(w, s.Registry.PullCollection(r.Context(), actor, from, r.PathValue("owner"), r.PathValue("collection")))
}

// collectedPackage names a package of any account.
type collectedPackage struct {
	Owner string `json:"package_owner"`
	Name  string `json:"package_name"`
}

// collected reads one package, or a list of them.
func collected(r *http.Request) ([]registry.PackageName, error) {
	var raw json.RawMessage
	if err := decode(r, &raw); err != nil {
		return nil, err
	}
	var list []collectedPackage
	if len(raw) > 0 && raw[0] == '[' {
		if err := explain(json.Unmarshal(raw, &list)); err != nil {
			return nil, err
		}
	} else if len(raw) > 0 {
		list = make([]collectedPackage, 1)
		if err := explain(json.Unmarshal(raw, &list[0])); err != nil {
			return nil, err
		}
	}
	return each(list, func(p collectedPackage) registry.PackageName { return registry.PackageName(p) }), nil
}
