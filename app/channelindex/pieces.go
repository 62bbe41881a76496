package channelindex

import (
	"io"
	"iter"
	"sync/atomic"

	"vivarium/app/model"
)

// splicedBody is a document under a coding, put together while it is read.
type splicedBody struct {
	document splicing
	coding   coding
	size     int64

	spool *spool // nil: it is never kept as a file
	asked atomic.Int32
	kept  atomic.Pointer[spooled]
}

var _ model.FileBody = (*splicedBody)(nil)

func newBody(d splicing, c coding, s *spool) *splicedBody {
	return &splicedBody{document: d, coding: c, size: d.sizeAs(c), spool: s}
}

// File implements model.FileBody: from the second reading on.
func (b *splicedBody) File() io.ReadCloser {
	if b.spool == nil || b.size < leastSpooled || b.size > mostSpooled {
		return nil
	}
	k := b.kept.Load()
	if k == nil {
		if b.asked.Add(1) != worthSpooling {
			return nil
		}
		var err error
		if k, err = b.spool.keep(b); err != nil {
			return nil // as on a full disk: the pieces are as good
		}
		b.kept.Store(k)
	}
	if f := k.lend(); f != nil {
		return f
	}
	if b.kept.CompareAndSwap(k, nil) {
		b.asked.Store(0)
	}
	return nil
}

// Size implements model.Body.
func (b *splicedBody) Size() int64 { return b.size }

// Pieces implements model.Body. What lies before from is not decoded. It keeps no
// codec meanwhile, for a client may take its time.
func (b *splicedBody) Pieces(from int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		p := piecewise{coding: b.coding, skip: from, yield: yield}
		if p.document(b.document); p.failed != nil {
			yield(nil, p.failed)
		}
	}
}

// piecewise gives a document piece after piece until somebody has enough.
type piecewise struct {
	coding coding
	buf    []byte // reused
	skip   int64  // how much is still to be left out
	yield  func([]byte, error) bool
	failed error
}

func (p *piecewise) document(d splicing) bool {
	if !p.bytes(p.coding.start(d)) {
		return false
	}
	for _, s := range d {
		if !p.bytes(p.coding.stored(s.text)) || s.list != nil && !p.list(s.list) {
			return false
		}
	}
	return p.bytes(p.coding.end(d))
}

func (p *piecewise) list(s *sequence) bool {
	glue := p.coding.glue(s.kind)
	for i, g := range s.groups {
		size := p.coding.groupSize(g)
		if i == 0 {
			size -= int64(len(glue))
		}
		if p.skips(size) {
			continue
		}
		for j, c := range g.chunks {
			if (i > 0 || j > 0) && !p.bytes(glue) || !p.chunk(c) {
				return false
			}
		}
	}
	return true
}

func (p *piecewise) chunk(c *chunk) bool {
	if p.skips(p.coding.chunkSize(c)) {
		return true
	}
	b, err := p.coding.chunk(&p.buf, c)
	if err != nil {
		p.failed = err
		return false
	}
	return p.bytes(b)
}

// skips leaves out size bytes if all of them are to be left out.
func (p *piecewise) skips(size int64) bool {
	if p.skip < size {
		return false
	}
	p.skip -= size
	return true
}

func (p *piecewise) bytes(b []byte) bool {
	if p.skips(int64(len(b))) {
		return true
	}
	b, p.skip = b[p.skip:], 0
	return p.yield(b, nil)
}
