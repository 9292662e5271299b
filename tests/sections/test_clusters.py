"""Jobs of joblib go to a cluster by one line around the call."""

import os

import joblib
import numpy as np
import pytest

from nb_lib.sections.s09_14_practice.trials import final_loss

PLANS = [(seed, {"lr": rate}) for seed in (1, 2) for rate in (0.03, 0.1)]


def table():
    jobs = (joblib.delayed(final_loss)(seed, plan, 5) for seed, plan in PLANS)
    return np.reshape(joblib.Parallel(n_jobs=2)(jobs), (2, 2))


@pytest.mark.slow
def test_a_sweep_on_dasks_processes_gives_the_table_of_joblibs_own():
    distributed = pytest.importorskip("distributed")
    own = table()
    assert len(set(own.ravel())) == len(PLANS)
    with (
        distributed.LocalCluster(
            processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
        joblib.parallel_config("dask"),
    ):
        np.testing.assert_array_equal(table(), own)
        here = joblib.Parallel(n_jobs=2)(joblib.delayed(os.getpid)() for _ in range(4))
        assert set(here) <= set(client.run(os.getpid).values())
