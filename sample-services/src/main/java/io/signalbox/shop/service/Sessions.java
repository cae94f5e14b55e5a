package io.signalbox.shop.service;

/** Where the carts of those who shop are kept. Safe from any thread. */
interface Sessions {

    Message.Cart cart(String shopper);

    Message.Cart add(String shopper, Message.CartLine line);

    Message.Cart empty(String shopper);
}
