/** Control planes that a person knows by name, whom to believe there, and where the secrets are. */
@NullMarked
package io.signalbox.console.profiles;

import org.jspecify.annotations.NullMarked;
