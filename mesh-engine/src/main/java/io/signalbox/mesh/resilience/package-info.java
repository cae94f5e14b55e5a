/** Whether and when to try: circuit breakers, retries, budgets and deadlines. */
@NullMarked
package io.signalbox.mesh.resilience;

import org.jspecify.annotations.NullMarked;
