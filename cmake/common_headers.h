// What nearly every file includes, parsed once for all of them (CMakeLists.txt, IEMLAB_PRECOMPILE). Every
// file still names what it needs: a build with a compiler cache does without this.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <Eigen/Core>
