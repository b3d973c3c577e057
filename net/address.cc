#include "net/address.h"

#include <array>
#include <cstdint>

namespace dossier::net {
namespace {

using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

struct Range4 {
  uint32_t network;
  int bits;
};

constexpr uint32_t V4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) { return a << 24 | b << 16 | c << 8 | d; }

constexpr std::array<Range4, 16> kSpecial4 = {{{V4(0, 0, 0, 0), 8},        // this network
                                               {V4(10, 0, 0, 0), 8},       // private
                                               {V4(100, 64, 0, 0), 10},    // shared
                                               {V4(127, 0, 0, 0), 8},      // loopback
                                               {V4(169, 254, 0, 0), 16},   // link-local
                                               {V4(172, 16, 0, 0), 12},    // private
                                               {V4(192, 0, 0, 0), 24},     // protocol assignments
                                               {V4(192, 0, 2, 0), 24},     // documentation
                                               {V4(192, 31, 196, 0), 24},  // AS112
                                               {V4(192, 88, 99, 0), 24},   // 6to4 relays
                                               {V4(192, 168, 0, 0), 16},   // private
                                               {V4(198, 18, 0, 0), 15},    // benchmarking
                                               {V4(198, 51, 100, 0), 24},  // documentation
                                               {V4(203, 0, 113, 0), 24},   // documentation
                                               {V4(224, 0, 0, 0), 4},      // multicast
                                               {V4(240, 0, 0, 0), 4}}};    // reserved, broadcast

bool IsPublic4(uint32_t address) {
  for (const auto& [network, bits] : kSpecial4) {
    if ((address ^ network) >> (32 - bits) == 0) return false;
  }
  return true;
}

uint32_t Word(const address_v6::bytes_type& bytes, size_t at) { return V4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]); }

bool IsPublic6(const address_v6& address) {
  const address_v6::bytes_type bytes = address.to_bytes();
  const uint32_t first = Word(bytes, 0);
  const bool rest_zero = Word(bytes, 4) == 0 && Word(bytes, 8) == 0;
  if (first == 0x0064FF9B && rest_zero) return IsPublic4(Word(bytes, 12));          // NAT64
  if (first >> 29 != 1) return false;                                               // only 2000::/3 is given out
  if (first >> 16 == 0x2002) return IsPublic4(first << 16 | Word(bytes, 4) >> 16);  // 6to4
  if (first >> 9 == 0x20010000 >> 9) return false;                                  // 2001::/23, Teredo among them
  if (first == 0x20010DB8) return false;                                            // documentation
  return first >> 12 != 0x3FFF0000 >> 12;                                           // documentation
}

}  // namespace

bool IsPublicAddress(const boost::asio::ip::address& address) {
  if (address.is_v4()) return IsPublic4(address.to_v4().to_uint());
  const address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return IsPublic4(Word(v6.to_bytes(), 12));
  return v6.scope_id() == 0 && IsPublic6(v6);
}

}  // namespace dossier::net
