package channelindex

func (x *Index) resume(key Key) *view { return nil }
