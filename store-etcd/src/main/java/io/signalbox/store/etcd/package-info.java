/** The store on etcd, by jetcd. Loaded only where a control plane is told to share its store. */
@NullMarked
package io.signalbox.store.etcd;

import org.jspecify.annotations.NullMarked;
