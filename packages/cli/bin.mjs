#!/usr/bin/env node
// Committed, because the package manager links commands before anything is built.
import './dist/bin.js';
