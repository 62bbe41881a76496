package condatest

import (
	"bytes"
	"slices"
)

// blockSize is what one block may hold after the first run-length step; level 1
// allows 100,000 bytes.
const blockSize = 90_000

// Bzip2 returns data as a valid bzip2 stream. It hardly compresses: every symbol
// gets a code of nearly the same length, which spares counting them.
func Bzip2(data []byte) []byte {
	w := &bitWriter{}
	w.write(0x425a6831, 32) // BZh1
	var all uint32
	for _, raw := range splitRuns(data) {
		sum := crcBzip2(raw.source)
		all = (all<<1 | all>>31) ^ sum
		w.block(raw.encoded, sum)
	}
	w.write(0x177245385090, 48)
	w.write(uint64(all), 32)
	return w.flush()
}

type runs struct{ source, encoded []byte }

// splitRuns cuts data into blocks and writes each run of 4 to 255 equal bytes as
// four of them and the count of the rest.
func splitRuns(data []byte) []runs {
	var blocks []runs
	for len(data) > 0 {
		var encoded []byte
		at := 0
		for at < len(data) && len(encoded) < blockSize {
			n := 1
			for at+n < len(data) && n < 255 && data[at+n] == data[at] {
				n++
			}
			encoded = append(encoded, bytes.Repeat(data[at:at+1], min(n, 4))...)
			if n >= 4 {
				encoded = append(encoded, byte(n-4))
			}
			at += n
		}
		blocks = append(blocks, runs{data[:at], encoded})
		data = data[at:]
	}
	return blocks
}

func (w *bitWriter) block(encoded []byte, sum uint32) {
	last, origin := transform(encoded)
	used, symbols := moveToFront(last)
	w.write(0x314159265359, 48)
	w.write(uint64(sum), 32)
	w.write(0, 1)
	w.write(uint64(origin), 24)
	w.bitmap(used)
	// Two tables is the least the format allows; the first does all the work.
	groups := (len(symbols) + 49) / 50
	w.write(2, 3)
	w.write(uint64(groups), 15)
	for range groups {
		w.write(0, 1)
	}
	w.symbols(symbols, len(used)+2)
}

// transform is the Burrows-Wheeler transform: it sorts all rotations by their
// first 1, 2, 4 … bytes until their order is settled.
func transform(s []byte) (last []byte, origin int) {
	n := len(s)
	order, rank, next := make([]int, n), make([]int, n), make([]int, n)
	for i, c := range s {
		order[i], rank[i] = i, int(c)
	}
	for width := 0; ; width = max(1, 2*width) {
		compare := func(a, b int) int {
			if rank[a] != rank[b] || width == 0 {
				return rank[a] - rank[b]
			}
			return rank[(a+width)%n] - rank[(b+width)%n]
		}
		slices.SortFunc(order, compare)
		next[order[0]] = 0
		for i := 1; i < n; i++ {
			next[order[i]] = next[order[i-1]]
			if compare(order[i-1], order[i]) != 0 {
				next[order[i]]++
			}
		}
		rank, next = next, rank
		if rank[order[n-1]] == n-1 || width >= n {
			break
		}
	}
	last = make([]byte, n)
	for i, start := range order {
		last[i] = s[(start+n-1)%n]
		if start == 0 {
			origin = i
		}
	}
	return last, origin
}

// moveToFront returns the bytes in use and the symbols that stand for s: runs of
// zero in bijective base 2 (symbols 0 and 1), other places plus one, and the end.
func moveToFront(s []byte) (used []byte, symbols []int) {
	used = slices.Compact(slices.Sorted(slices.Values(s)))
	places := slices.Clone(used)
	zeros := 0
	endRun := func() {
		for ; zeros > 0; zeros = (zeros - 1) / 2 {
			symbols = append(symbols, 1-zeros%2)
		}
	}
	for _, c := range s {
		place := slices.Index(places, c)
		if place == 0 {
			zeros++
			continue
		}
		endRun()
		symbols = append(symbols, place+1)
		copy(places[1:place+1], places[:place])
		places[0] = c
	}
	endRun()
	return used, append(symbols, len(used)+1)
}

func crcBzip2(data []byte) uint32 {
	sum := ^uint32(0)
	for _, c := range data {
		sum ^= uint32(c) << 24
		for range 8 {
			carry := sum >> 31
			sum = sum<<1 ^ carry*0x04c11db7
		}
	}
	return ^sum
}
