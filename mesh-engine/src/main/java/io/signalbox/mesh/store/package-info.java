/** What a control plane keeps: keys with revisions, compare-and-set, watches and leases, in memory or in one file. */
@NullMarked
package io.signalbox.mesh.store;

import org.jspecify.annotations.NullMarked;
