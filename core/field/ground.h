// A field of energies as a landscape: its height and colour at every place of a grid.
#pragma once

#include <vector>

#include "core/field/field.h"

namespace iem {

struct Ground {
  int side = 0;  // samples along each axis, first and last on the edges
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  std::vector<double> heights;  // side x side, row 0 at y0: -L, the free energy of all prototypes together
  std::vector<Oklab> colours;   // the territories' colours, mixed by r
  double floor = 0;             // the lowest height, prototypes included: they stand at the bottoms
  double rim = 1;  // above `floor`; heights beyond it are cut off, since energies grow without bound far out

  double height_at(const FieldInput& input, double x, double y) const;  // cut off at the rim
};

Ground sample_ground(const FieldInput& input, double x0, double x1, double y0, double y1,
                     const FieldPalette& palette);

}  // namespace iem
