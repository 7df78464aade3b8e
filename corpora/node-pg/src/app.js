// Methods of the same names that reach no database.
const express = require('express');
const { createClient } = require('redis');
const { exec } = require('child_process');

const app = express();
const cache = createClient();

app.get('/users', async (request, response) => {
  const hit = await cache.get('select-users');
  document.query('select me');
  exec('select x');
  response.send(hit ?? 'SELECT emial FROM users');
});
app.all('/orders', (request, response) => response.send(request.query('sort')));
