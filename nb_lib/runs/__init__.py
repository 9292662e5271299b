"""What several sections run: a training that is watched, a random net, digits."""
