package archive

import (
	"io"

	"vivarium/app/model"
)

// What a compressed stream may yield. Real packages stay far below: text shrinks
// to a tenth, and only files full of zeros do much better.
const (
	// FreeOutput is what even the smallest stream may yield.
	FreeOutput = 64 << 20
	// SmallRatio bounds the output of a stream up to SmallOutput.
	SmallRatio, SmallOutput = 1000, 512 << 20
	// LargeRatio bounds what is larger than that.
	LargeRatio = 100
	// MaxOutput is what no stream may exceed.
	MaxOutput = 512 << 30
)

// OutputLimit returns how many bytes a stream of the given compressed size may
// yield before it counts as a bomb.
func OutputLimit(compressed int64) int64 {
	compressed = min(compressed, MaxOutput)
	small := max(FreeOutput, min(SmallRatio*compressed, SmallOutput))
	return min(max(small, LargeRatio*compressed), MaxOutput)
}

// Limited counts what is read through it and fails beyond a limit.
type Limited struct {
	r       io.Reader
	count   int64
	limit   int64
	refusal error
}

// Limit returns r, which fails with refusal after limit bytes.
func Limit(r io.Reader, limit int64, refusal error) *Limited {
	return &Limited{r: r, limit: limit, refusal: refusal}
}

// LimitMember returns r, which fails with Invalid after limit bytes; what is the
// member's name.
func LimitMember(r io.Reader, limit int64, what string) *Limited {
	return Limit(r, limit, model.Errorf(model.Invalid, "%s is larger than %d KiB.", what, limit>>10))
}

// LimitOutput returns what a decompressor makes of compressed bytes, which fails
// with Invalid beyond OutputLimit.
func LimitOutput(r io.Reader, compressed int64) *Limited {
	limit := OutputLimit(compressed)
	return Limit(r, limit, model.Errorf(model.Invalid,
		"The archive unpacks to more than %d MiB, far more than a package of its size can hold. It is refused as a decompression bomb.", limit>>20))
}

// Count returns how many bytes were read so far.
func (l *Limited) Count() int64 { return l.count }

// Read reads from what is limited.
func (l *Limited) Read(p []byte) (int, error) {
	if room := l.limit - l.count; int64(len(p)) > room+1 {
		p = p[:room+1]
	}
	n, err := l.r.Read(p)
	l.count += int64(n)
	if l.count > l.limit {
		return 0, l.refusal
	}
	return n, err
}
