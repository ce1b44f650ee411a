#include <cstdio>

#include "iem_version.h"

int main() {
  std::printf("iemlab %s\n", iem::kVersion.data());
  return 0;
}
