package channelindex

import (
	"sync"

	"vivarium/app/model"
)

// ofChannel makes v the view of a whole channel, which has no shards.
func (v *view) ofChannel() {
	v.size.Store(sizeOf(v.records))
	v.shards = func() (*shardSet, error) { return &shardSet{}, nil }
	v.formats = map[model.IndexFormat]func() (model.Document, error){}
	v.offer(model.ChannelData, func() []byte { return writeChannelData(v.records) })
}

// offer serves what write makes in three forms, each made once when it is first
// asked for.
func (v *view) offer(f model.IndexFormat, write func() []byte) {
	plain := sync.OnceValue(func() []byte {
		body := write()
		v.size.Add(int64(len(body)))
		return body
	})
	v.formats[f] = sync.OnceValues(func() (model.Document, error) { return v.document(plain(), "application/json"), nil })
	v.formats[f.Gzip()] = sync.OnceValues(func() (model.Document, error) {
		d, err := v.packed(plain(), compressGzip, "application/json")
		d.ContentEncoding = "gzip"
		return d, err
	})
	v.formats[f.Zstd()] = sync.OnceValues(func() (model.Document, error) {
		var z compressor
		return v.packed(plain(), z.compress, "application/zstd")
	})
}

func (v *view) packed(plain []byte, pack func([]byte) ([]byte, error), contentType string) (model.Document, error) {
	body, err := pack(plain)
	if err != nil {
		return model.Document{}, err
	}
	v.size.Add(int64(len(body)))
	return v.document(body, contentType), nil
}
