package splice

import "hash/crc32"

// Checksum is the CRC-32 of a text and its length, which together tell the
// checksum of texts put one behind another. The zero Checksum is that of nothing.
type Checksum struct {
	CRC  uint32
	Size int64
}

// ChecksumOf returns the checksum of text.
func ChecksumOf(text []byte) Checksum {
	return Checksum{CRC: crc32.ChecksumIEEE(text), Size: int64(len(text))}
}

// Then returns the checksum of c's text with next's behind it. Bytes behind a
// text multiply its CRC, taken as a polynomial, by x for every bit.
func (c Checksum) Then(next Checksum) Checksum {
	return Checksum{CRC: multiply(shift(next.Size), c.CRC) ^ next.CRC, Size: c.Size + next.Size}
}

// Polynomials over two elements modulo CRC-32's, the highest bit for x^0.
const one = 1 << 31

// multiply returns a times b.
func multiply(a, b uint32) uint32 {
	var product uint32
	for ; a != 0; a <<= 1 {
		if a&one != 0 {
			product ^= b
		}
		carry := b & 1
		b >>= 1
		if carry == 1 {
			b ^= crc32.IEEE
		}
	}
	return product
}

// powers has x^(2^n) at n.
var powers = func() (p [3 + 63]uint32) {
	p[0] = one >> 1
	for n := 1; n < len(p); n++ {
		p[n] = multiply(p[n-1], p[n-1])
	}
	return p
}()

// shift returns x to the number of bits in size bytes.
func shift(size int64) uint32 {
	product := uint32(one)
	for n := 3; size != 0; size, n = size>>1, n+1 {
		if size&1 == 1 {
			product = multiply(powers[n], product)
		}
	}
	return product
}
