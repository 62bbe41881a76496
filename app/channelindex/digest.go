package channelindex

import (
	"encoding/binary"

	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// digest is an entry of a map of MessagePack from names to hashes.
func digest(name string, hash sum) entry {
	return entry{name, appendBinary(appendString(nil, name), hash[:])}
}

// hash is what a digest has under its name.
func (e entry) hash() sum { return sum(e.text[len(e.text)-len(sum{}):]) }

func cutDigest(text []byte) (entry, int, error) {
	start, size := msgpackString(text)
	name := start + size
	end := name + 2 + len(sum{})
	if start == 0 || size < 0 || end > len(text) || text[name] != msgpcode.Bin8 || int(text[name+1]) != len(sum{}) {
		return entry{}, 0, errChunk
	}
	return entry{string(text[start:name]), text[:end]}, end, nil
}

// msgpackString returns where the string begins that text begins with, and its
// length; or 0.
func msgpackString(text []byte) (start, size int) {
	switch {
	case len(text) < 5: // no name and its hash is that short
		return 0, 0
	case msgpcode.IsFixedString(text[0]):
		return 1, int(text[0] & msgpcode.FixedStrMask)
	case text[0] == msgpcode.Str8:
		return 2, int(text[1])
	case text[0] == msgpcode.Str16:
		return 3, int(binary.BigEndian.Uint16(text[1:]))
	}
	return 0, 0
}
