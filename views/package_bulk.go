package views

// Bulk is the form that changes the access of ticked packages of a list.
type Bulk struct {
	// Action takes the POST; empty: nothing can be ticked.
	Action string
	// Query is the list's, to come back to.
	Query   string
	Problem string
}

func bulkAccess() []Option {
	var list []Option
	for _, a := range accessChoices {
		list = append(list, Option{Value: string(a), Name: AccessWord(a)})
	}
	return list
}
