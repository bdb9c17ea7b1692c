import fc from 'fast-check';

// The same examples in every run: a failure belongs to a change, not to luck. PROPERTY_SEED=$RANDOM looks further.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
