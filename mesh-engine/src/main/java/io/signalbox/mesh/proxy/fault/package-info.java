/** Disturbances that a policy asks for: which of them befall a request, and how they are brought about. */
@NullMarked
package io.signalbox.mesh.proxy.fault;

import org.jspecify.annotations.NullMarked;
