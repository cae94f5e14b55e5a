/** The services screen: instances, their health and their drains. */
@NullMarked
package io.signalbox.console.services;

import org.jspecify.annotations.NullMarked;
