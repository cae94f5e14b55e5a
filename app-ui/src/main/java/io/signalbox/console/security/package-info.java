/** The security screen: who may call whom, who was denied, and by what each service proves who it is. */
@NullMarked
package io.signalbox.console.security;

import org.jspecify.annotations.NullMarked;
