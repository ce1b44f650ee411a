// The energies, in the order they are offered. Adding one: its file pair, its #include and its name here.
#pragma once

#include "core/energy/cosine.h"
#include "core/energy/gaussian.h"
#include "core/energy/huber.h"
#include "core/energy/laplace.h"
#include "core/energy/pseudo_huber.h"
#include "core/energy/student_t.h"

namespace iem {

template <class... E>
struct EnergyTypes {};

using EnergyList = EnergyTypes<Gaussian, Laplace, StudentT, Huber, PseudoHuber, Cosine>;

template <class E>
inline constexpr bool kOnCircle = requires {
  E::on_circle;
};

}  // namespace iem
