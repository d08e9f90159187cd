#include "unit/store/contract.h"

namespace fairway::store::contract {

INSTANTIATE_TEST_SUITE_P(Store, StoreContract, testing::ValuesIn(engines()),
                         [](const testing::TestParamInfo<Engine>& engine) { return engine.param.name; });

}  // namespace fairway::store::contract
