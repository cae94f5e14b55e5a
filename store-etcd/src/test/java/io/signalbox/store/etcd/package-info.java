@NullMarked
package io.signalbox.store.etcd;

import org.jspecify.annotations.NullMarked;
