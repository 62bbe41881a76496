package channelindex

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"time"
)

// pack is shards one behind another, in a file, or in memory where there is none.
// It is only appended to, so that what was written stays whole whenever the process
// ends.
type pack struct {
	day  time.Time
	name string
	file *os.File
	mem  []byte
	size int64
	mine bool // begun by this process, which alone appends to it
	// old says that what is listed is to be moved out of the pack, and done that it
	// is to be taken away after that.
	old, done bool
}

// Files of packs are named after the day on which they were begun.
const (
	packPrefix = "shards-"
	packSuffix = ".pack"
	packDay    = "20060102"
)

// dayOfPack reads the day in a file's name.
func dayOfPack(name string) (time.Time, bool) {
	rest, ok := strings.CutPrefix(name, packPrefix)
	if !ok || !strings.HasSuffix(rest, packSuffix) || len(rest) < len(packDay) {
		return time.Time{}, false
	}
	day, err := time.Parse(packDay, rest[:len(packDay)])
	return day, err == nil
}

// append writes a packed shard and returns where it is.
func (p *pack) append(packed []byte) (at int64, err error) {
	at = p.size
	if p.file == nil {
		p.mem = append(p.mem, packed...)
	} else if _, err := p.file.Write(packed); err != nil {
		return 0, err
	}
	p.size += int64(len(packed))
	return at, nil
}

// read returns the bytes of a packed shard.
func (p *pack) read(at int64, size int) ([]byte, error) {
	if p.file == nil {
		return p.mem[at:][:size], nil
	}
	packed := make([]byte, size)
	_, err := p.file.ReadAt(packed, at)
	return packed, err
}

func (p *pack) close() {
	if p.file != nil {
		p.file.Close() // it was read from only
	}
}

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errPack    = errors.New("read a pack of shards: it is damaged")
)

// A packed shard begins with its length and checksum.
const (
	packedHeader = 8
	maxPacked    = 1 << 30
)

// packShard writes a shard as packs have it.
func packShard(p place, s *shard) []byte {
	b := make([]byte, packedHeader, packedHeader+8+len(s.hash)+4+len(p.subdir)+len(s.name)+len(s.body))
	b = binary.LittleEndian.AppendUint64(b, uint64(p.account))
	b = append(b, s.hash[:]...)
	for _, text := range []string{p.subdir, s.name} {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
		b = append(b, text...)
	}
	b = append(b, s.body...)
	binary.LittleEndian.PutUint32(b, uint32(len(b)-packedHeader))
	binary.LittleEndian.PutUint32(b[4:], crc32.Checksum(b[packedHeader:], castagnoli))
	return b
}

// unpackShard reads what packShard has written.
func unpackShard(b []byte) (p place, s *shard, err error) {
	s = &shard{}
	if len(b) < packedHeader+8+len(s.hash) || int(binary.LittleEndian.Uint32(b)) != len(b)-packedHeader ||
		binary.LittleEndian.Uint32(b[4:]) != crc32.Checksum(b[packedHeader:], castagnoli) {
		return p, nil, errPack
	}
	b = b[packedHeader:]
	p.account = int64(binary.LittleEndian.Uint64(b))
	b = b[8+copy(s.hash[:], b[8:]):]
	for _, text := range []*string{&p.subdir, &s.name} {
		if len(b) < 2 || len(b)-2 < int(binary.LittleEndian.Uint16(b)) {
			return p, nil, errPack
		}
		end := 2 + int(binary.LittleEndian.Uint16(b))
		*text, b = string(b[2:end]), b[end:]
	}
	s.body = b
	return p, s, nil
}

// scan calls found with every shard of the pack until it ends or is damaged.
func (p *pack) scan(found func(place, *shard, int64, int)) {
	r := bufio.NewReaderSize(io.NewSectionReader(p.file, 0, 1<<62), 1<<20)
	for {
		var header [packedHeader]byte
		if _, err := io.ReadFull(r, header[:]); err != nil {
			return
		}
		n := binary.LittleEndian.Uint32(header[:])
		if n > maxPacked {
			return
		}
		packed := append(make([]byte, 0, packedHeader+int(n)), header[:]...)
		packed = packed[:cap(packed)]
		if _, err := io.ReadFull(r, packed[packedHeader:]); err != nil {
			return
		}
		at, s, err := unpackShard(packed)
		if err != nil {
			return
		}
		found(at, s, p.size, len(packed))
		p.size += int64(len(packed))
	}
}
