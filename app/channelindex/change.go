package channelindex

import "vivarium/app/model"

// Apply tells of committed changes of an account. What Open answers never depends
// on it: a view that is opened looks into the change log by itself.
func (x *Index) Apply(int64, []model.IndexChange) {}
