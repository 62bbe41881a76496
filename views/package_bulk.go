package views

import "vivarium/app/model"

// Bulk is the form that changes the access of ticked packages of a list.
type Bulk struct {
	// Action takes the POST; empty: nothing can be ticked.
	Action string
	// Query is the list's, to come back to.
	Query   string
	Problem string
}

// bulkAccess are the choices of the bar. Nothing becomes public by an oversight.
func bulkAccess() []Option {
	var list []Option
	for _, a := range accessChoices {
		list = append(list, Option{Value: string(a), Name: AccessWord(a), Selected: a == model.Private})
	}
	return list
}
